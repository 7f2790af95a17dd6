using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro;

/// <summary>The sample Echo compiled to machine code ahead of time.</summary>
internal static class NativeEcho
{
    /// <returns>Null, and a line on standard error, where it cannot be published: that needs a package of the compiler, and a linker.</returns>
    public static Launch? TryPublish()
    {
        // With folders of its own: what else is built of the sample stays as it is.
        string folder = Path.Combine(AppContext.BaseDirectory, "native");
        string output = Path.Combine(folder, "echo");
        string[] arguments =
        [
            "publish", Path.Combine(Launch.Root, "samples/Echo"), "-c", "Release", "--use-current-runtime", "-p:NativeAot=true",
            "-p:CppCompilerAndLinker=cc", "--artifacts-path", folder, "-o", output, "-v", "quiet",

            // What would go on after it has ended would keep the pipe open, and this waiting.
            "--nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        using Process publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string told = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode == 0)
        {
            return new Launch("Echo, Native AOT", [Path.Combine(output, "Echo"), "--port", "0", "--loops", "1"]);
        }

        Console.Error.WriteLine($"left out: Echo cannot be published as Native AOT:\n{told}");
        return null;
    }
}
