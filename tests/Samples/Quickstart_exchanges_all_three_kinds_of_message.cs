namespace QContinuum.Samples.Tests;

public sealed class Quickstart_exchanges_all_three_kinds_of_message
{
    [Fact]
    public async Task And_says_so()
    {
        await using Sample quickstart = Sample.Start("Quickstart");
        (int code, string output, string error) = await quickstart.EndAsync();

        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("server: memory budget:", output, StringComparison.Ordinal);
        foreach (string side in (string[])["server:", "client:"])
        {
            string[] lines = [.. output.Split('\n').Where(line => line.StartsWith(side, StringComparison.Ordinal))];
            Assert.Contains(lines, line => line.Contains("Move", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("Blob", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("Chat", StringComparison.Ordinal));
        }
    }
}
