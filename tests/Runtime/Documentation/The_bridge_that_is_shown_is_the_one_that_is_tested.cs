using System.Runtime.CompilerServices;

namespace QContinuum.Runtime.Tests.Documentation;

public sealed class The_bridge_that_is_shown_is_the_one_that_is_tested
{
    [Fact]
    public void Line_by_line()
    {
        string tests = Path.GetDirectoryName(Path.GetDirectoryName(ThisFile())!)!;
        string tested = Read(tests, "Transports", "WebSocketBridge.cs").Replace("namespace QContinuum.Runtime.Tests.Transports;\n\n", "", StringComparison.Ordinal);

        Assert.Contains($"```csharp\n{tested}```\n", Read(tests, "..", "..", "docs", "servers.md"), StringComparison.Ordinal);
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine(path)).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
