using System.Net.Sockets;

namespace QContinuum.Interop.Tests;

/// <summary>samples/Dns, byte for byte: what dig cannot be made to send.</summary>
public sealed class Dns_is_what_its_specification_says
{
    private const string Name = "01 61 02 6264 00"; // a.bd

    private const string Address = "C00C 0001 0001 0000003C 0004 C0000201";

    [Theory]
    [InlineData(
        "an address",
        $"0016 0001 0000 0001 0000 0000 0000 {Name} 0001 0001",
        $"0026 0001 8400 0001 0001 0000 0000 {Name} 0001 0001 {Address}")]
    [InlineData("of the root", "0011 0001 0000 0001 0000 0000 0000 00 0001 0001", $"0021 0001 8400 0001 0001 0000 0000 00 0001 0001 {Address}")]
    [InlineData(
        "recursion that is desired",
        $"0016 0002 0100 0001 0000 0000 0000 {Name} 0001 0001",
        $"0026 0002 8500 0001 0001 0000 0000 {Name} 0001 0001 {Address}")]
    [InlineData(
        "bits that are not looked at",
        $"0016 0003 02F0 0001 0000 0000 0000 {Name} 0001 0001",
        $"0026 0003 8400 0001 0001 0000 0000 {Name} 0001 0001 {Address}")]
    [InlineData(
        "an OPT record",
        $"0021 0004 0000 0001 0000 0000 0001 {Name} 0001 0001 00 0029 1000 00000000 0000",
        $"0026 0004 8400 0001 0001 0000 0000 {Name} 0001 0001 {Address}")]
    [InlineData("another type", $"0016 0005 0000 0001 0000 0000 0000 {Name} 000F 0001", $"0016 0005 8400 0001 0000 0000 0000 {Name} 000F 0001")]
    [InlineData("another class", $"0016 0006 0000 0001 0000 0000 0000 {Name} 0001 0003", $"0016 0006 8400 0001 0000 0000 0000 {Name} 0001 0003")]
    [InlineData("an opcode that is not QUERY", "000C 0007 2900 0000 0000 0000 0000", "000C 0007 A904 0000 0000 0000 0000")]
    [InlineData(
        "two questions in one query",
        $"0020 0008 0000 0002 0000 0000 0000 {Name} 0001 0001 {Name} 0001 0001",
        "000C 0008 8001 0000 0000 0000 0000")]
    public async Task In_every_answer(string why, string query, string response)
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        using Socket client = dns.Connect();

        SampleServer.Exchange(client, query, response);
        Assert.NotEmpty(why);
    }

    [Fact]
    public async Task Also_when_several_queries_are_on_their_way_and_never_to_a_response()
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        using Socket client = dns.Connect();

        SampleServer.Exchange(
            client,
            $"0016 0001 0000 0001 0000 0000 0000 {Name} 0001 0001  0016 0002 8000 0001 0000 0000 0000 {Name} 0001 0001"
            + "  000C 0003 1000 0000 0000 0000 0000  0011 0004 0000 0001 0000 0000 0000 00 0001 0001",
            $"0026 0001 8400 0001 0001 0000 0000 {Name} 0001 0001 {Address}"
            + $"  000C 0003 9004 0000 0000 0000 0000  0021 0004 8400 0001 0001 0000 0000 00 0001 0001 {Address}");
    }

    [Theory]
    [InlineData("a length without room for a header", "000B 0001 0000 0001 0000 0000 0000")]
    [InlineData("a name without an end", "0012 0001 0000 0001 0000 0000 0000 05 6162636465")]
    [InlineData("a question without a class", $"0014 0001 0000 0001 0000 0000 0000 {Name} 0001")]
    public async Task And_what_is_no_query_ends_its_connection(string why, string query)
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        using Socket good = dns.Connect();
        using Socket bad = dns.Connect();

        bad.Send(Convert.FromHexString(query.Replace(" ", "", StringComparison.Ordinal)));

        Assert.True(SampleServer.Ends(bad), why);
        SampleServer.Exchange(good, "000C 0001 1000 0000 0000 0000 0000", "000C 0001 9004 0000 0000 0000 0000");
    }
}
