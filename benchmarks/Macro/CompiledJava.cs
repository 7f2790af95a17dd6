using System.ComponentModel;
using System.Diagnostics;

namespace QContinuum.Benchmarks.Macro;

/// <summary>The server on netty, compiled beside the runner against the netty that Debian has.</summary>
internal static class CompiledJava
{
    private const string Source = "Peers/Netty/EchoServer.java";

    private static readonly string[] Libraries = ["netty-buffer", "netty-common", "netty-resolver", "netty-transport", "jctools-core"];

    /// <returns>The command that runs it; null, and a line on standard error, if a compiler for Java or netty is missing.</returns>
    public static string[]? TryBuild()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "netty");
        string path = string.Join(':', Libraries.Select(static library => $"/usr/share/java/{library}.jar").Prepend(folder));
        try
        {
            string[] arguments = ["-d", folder, "-cp", path, Path.Combine(Launch.Root, "benchmarks", Source)];
            using Process compiler = Process.Start(new ProcessStartInfo("javac", arguments) { RedirectStandardError = true })!;
            compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode == 0)
            {
                return ["java", "-cp", path, "EchoServer"];
            }
        }
        catch (Win32Exception)
        {
            // There is no javac.
        }

        Console.Error.WriteLine($"left out: {Source} cannot be compiled; Debian has what it needs in default-jdk-headless and libnetty-java");
        return null;
    }
}
