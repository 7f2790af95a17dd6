using System.Net.Sockets;
using static QContinuum.Generator.Tests.Execution.Frames;

namespace QContinuum.Generator.Tests.Execution;

public sealed class A_processor_dispatches_each_message_to_its_handler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // [ "Hi" ] and [ "Hi!" ]; [ 1 ] and [ 2 ].
    private const string Sent = """
        0C000000 01000000 04030201 0000C03F 000020C0
        06000000 02000000 00000000 0102
        04000000 03000000 91A24869
        08000000 05000000 01000000 02000000
        02000000 09000000 9101
        03000000 E8030000 010203
        """;

    private const string Received = """
        0C000000 01000000 04030201 0000C0BF 000020C0
        05000000 02000000 0F000000 02
        05000000 03000000 91A3486921
        08000000 05000000 02000000 05000000
        02000000 09000000 9102
        03000000 E8030000 030201
        """;

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task However_the_bytes_arrive(int pieceSize)
    {
        var echo = new Echo();
        await using var server = new PeerServer(echo);
        using TcpClient client = await Connect(server);
        foreach (byte[] piece in Hexadecimal(Sent).Chunk(pieceSize))
        {
            await client.GetStream().WriteAsync(piece);
        }

        byte[] received = new byte[Hexadecimal(Received).Length];
        await client.GetStream().ReadExactlyAsync(received).AsTask().WaitAsync(Patience);
        Assert.Equal(Hexadecimal(Received), received);

        client.Close();
        Assert.Equal(("state of a peer", CloseReason.Remote), await echo.Closing.Task.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("0B000000 01000000 04030201 0000C03F 000020", CloseReason.BadBody)]
    [InlineData("03000000 02000000 000000", CloseReason.BadBody)]
    [InlineData("01000000 03000000 C0", CloseReason.BadBody)]
    [InlineData("07000000 05000000 01000000 020000", CloseReason.BadBody)]
    [InlineData("FFFFFFFF 01000000", CloseReason.NegativeLength)]
    [InlineData("FFFFFF7F 01000000", CloseReason.TooLong)]
    [InlineData("00000000 FAFFFFFF", CloseReason.HandlerFault)]
    public async Task Or_closes_the_peer_for_the_reason_there_is(string sent, CloseReason reason)
    {
        var echo = new Echo();
        await using var server = new PeerServer(echo, Silent);
        using TcpClient client = await Connect(server);
        await client.GetStream().WriteAsync(Hexadecimal(sent));

        Assert.Equal(reason, (await echo.Closing.Task.WaitAsync(Patience)).Reason);
    }

    [Fact]
    public async Task An_id_that_nothing_takes_closes_the_peer()
    {
        var deaf = new Deaf();
        await using var server = new PeerServer(deaf, Silent);
        using TcpClient client = await Connect(server);
        await client.GetStream().WriteAsync(Hexadecimal("00000000 01000000"));

        Assert.Equal(CloseReason.UnknownMessage, await deaf.Closing.Task.WaitAsync(Patience));
    }

    private static PeerServerOptions Silent { get; } = new() { Peers = new PeerOptions { Log = static _ => { } } };

    private static byte[] Hexadecimal(string text) => Bytes(text.Replace("\n", "", StringComparison.Ordinal));

    private static async Task<TcpClient> Connect(PeerServer server)
    {
        Listener listener = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync();
        var client = new TcpClient();
        await client.ConnectAsync(listener.EndPoint);
        return client;
    }
}
