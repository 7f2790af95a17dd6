using System.Diagnostics;
using System.Globalization;

namespace QContinuum.Runtime.Tests.Support;

/// <summary>What the C headers of this machine say, by its own compiler.</summary>
internal static class CHeaders
{
    /// <summary>Whether there is a compiler.</summary>
    public static bool AreThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(static folder => File.Exists(Path.Combine(folder, "cc")));

    /// <summary>The values of integral expressions.</summary>
    public static async Task<long[]> EvaluateAsync(IEnumerable<string> headers, IEnumerable<string> expressions)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("qcontinuum");
        try
        {
            string source = Path.Combine(folder.FullName, "values.c");
            string program = Path.Combine(folder.FullName, "values");
            await File.WriteAllLinesAsync(
                source,
                [
                    "#define _GNU_SOURCE",
                    "#include <stddef.h>",
                    "#include <stdio.h>",
                    .. headers.Select(static header => $"#include <{header}>"),
                    "int main(void) {",
                    .. expressions.Select(static expression => $"printf(\"%lld\\n\", (long long)({expression}));"),
                    "return 0; }",
                ]);
            await RunAsync("cc", source, "-o", program);
            string[] printed = (await RunAsync(program)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return [.. printed.Select(static line => long.Parse(line, CultureInfo.InvariantCulture))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string printed = await process.StandardOutput.ReadToEndAsync().Guarded();
        await process.WaitForExitAsync().Guarded();
        Assert.True(process.ExitCode == 0, $"{program} failed: {await errors.Guarded()}");
        return printed;
    }
}
