using System.Diagnostics;

namespace QContinuum.MachineCode.Tests;

/// <summary>What the compiler of the runtime writes of the methods of <see cref="HotCode"/>: compiled once, in a process of its own, fully optimised.</summary>
internal static class Listings
{
    private const string Methods = "ReadState WalkThreeByte WalkBigEndian WalkMeasured DispatchReceived";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<string> All = new(Compile);

    /// <summary>The instructions of a method, one a line.</summary>
    internal static string[] Of(string method)
    {
        string[] lines = All.Value.Split('\n');
        int begin = Array.FindIndex(lines, line => line.StartsWith("; Assembly listing", StringComparison.Ordinal) && line.Contains($":{method}(", StringComparison.Ordinal));
        Assert.True(begin >= 0, $"{method} was not compiled:\n{All.Value}");
        return
        [
            .. lines.Skip(begin + 1)
                .TakeWhile(static line => !line.StartsWith("; Total bytes", StringComparison.Ordinal))
                .Where(static line => line.StartsWith("       ", StringComparison.Ordinal) && !line.Contains(" align ", StringComparison.Ordinal))
                .Select(static line => line.Trim())
                .Where(static line => line.Length > 0),
        ];
    }

    private static string Compile()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(HotCode).Assembly.Location);
        // Optimised at once, and without a profile: the same code whenever it runs.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_JitDisasm"] = Methods;
        start.Environment["DOTNET_JitDisasmDiffable"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(Patience), "The program did not end.");
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Result;
    }
}
