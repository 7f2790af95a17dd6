namespace QContinuum.Interop.Tests;

/// <summary>dig, of BIND, against samples/Dns.</summary>
public sealed class dig_asks_twice_on_one_connection
{
    [Needs(nameof(Client.Dig))]
    public Task With_EDNS() => AskTwiceAsync("+edns=0");

    [Needs(nameof(Client.Dig))]
    public Task Without_EDNS() => AskTwiceAsync("+noedns");

    [Needs(nameof(Client.Dig))]
    public async Task What_there_is_no_answer_to_has_none()
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        string[] lines = await DigAsync(dns.Port, "+noall", "+comments", "+question", "example.com", "AAAA");

        Assert.Contains(lines, line => line.Contains("status: NOERROR", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("flags: qr aa rd; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [";example.com.", "IN", "AAAA"]);
    }

    [Needs(nameof(Client.Dig))]
    public async Task An_opcode_that_is_not_QUERY_is_not_implemented()
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        string[] lines = await DigAsync(dns.Port, "+opcode=status", "+noall", "+comments", "example.com", "A");

        Assert.Contains(lines, line => line.Contains("opcode: STATUS, status: NOTIMP", StringComparison.Ordinal));
    }

    private static async Task AskTwiceAsync(string edns)
    {
        await using SampleServer dns = await SampleServer.StartAsync("Dns");
        using Relay relay = Relay.Dns(dns.Port);

        string[] lines = await DigAsync(relay.Port, "+keepopen", edns, "+noall", "+answer", "example.com", "A", "a-longer.name.example.org", "A");

        Assert.Equal(
            [(string[])["example.com.", "60", "IN", "A", "192.0.2.1"], ["a-longer.name.example.org.", "60", "IN", "A", "192.0.2.1"]],
            lines.Select(line => line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal((1, 2), (relay.Connections, relay.Requests));
    }

    private static Task<string[]> DigAsync(int port, params string[] arguments)
        => Client.Dig.RunAsync(["-r", "@127.0.0.1", "-p", $"{port}", "+tcp", "+tries=1", "+timeout=20", .. arguments]);
}
