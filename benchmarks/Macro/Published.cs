using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro;

/// <summary>Servers as one deploys them: compiled to machine code, with or without the intermediate language beside it.</summary>
internal static class Published
{
    private const string ReadyToRun = "-p:PublishReadyToRun=true";

    /// <summary>The sample Echo, ready to run.</summary>
    public static Launch? TryEcho()
        => TryPublish("Echo", "samples/Echo", "Echo", [ReadyToRun, "--no-self-contained"], ["--port", "0", "--loops", "1"]);

    /// <summary>The server on Kestrel, likewise.</summary>
    public static Launch? TryKestrel()
        => TryPublish("Kestrel", "benchmarks/Peers/Kestrel", "Kestrel", [ReadyToRun, "--no-self-contained"], []) is { } launch
            ? launch with { Variable = Launch.Kestrel.Variable }
            : null;

    /// <summary>The sample Echo, ahead of time and without the runtime.</summary>
    public static Launch? TryNativeEcho()
        => TryPublish(
            "Echo, Native AOT", "samples/Echo", "Echo", ["-p:NativeAot=true", "-p:CppCompilerAndLinker=cc"], ["--port", "0", "--loops", "1"]);

    /// <returns>Null, and a line on standard error, where it cannot be published: that needs a package of the compiler, and for Native AOT a linker.</returns>
    private static Launch? TryPublish(string name, string project, string program, string[] how, string[] options)
    {
        // With folders of its own: what else is built of the project stays as it is.
        string folder = Path.Combine(AppContext.BaseDirectory, "published", name.Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-'));
        string output = Path.Combine(folder, "output");
        string[] arguments =
        [
            "publish", Path.Combine(Launch.Root, project), "-c", "Release", "--use-current-runtime", .. how,
            "--artifacts-path", folder, "-o", output, "-v", "quiet",

            // What would go on after it has ended would keep the pipe open, and this waiting.
            "--nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        using Process publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string told = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        if (publish.ExitCode == 0)
        {
            return new Launch(name, [Path.Combine(output, program), .. options]);
        }

        Console.Error.WriteLine($"left out: {name} cannot be published:\n{told}");
        return null;
    }
}
