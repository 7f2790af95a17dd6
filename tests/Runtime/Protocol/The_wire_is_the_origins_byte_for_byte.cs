using System.Globalization;
using System.Net;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;
using QContinuum.Runtime.Tests.Support.Transports;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class The_wire_is_the_origins_byte_for_byte
{
    private const string Golden =
        "0C000000" + "01000000" + "07000000" + "0000C03F" + "00002040" +  // Move(7, 1.5, 2.5)
        "07000000" + "02000000" + "EFBEADDE" + "010203" +                 // Blob(0xDEADBEEF, 01 02 03)
        "04000000" + "03000000" + "91" + "A26869" +                       // Chat { Text = "hi" }
        "08000000" + "04000000" + "FEFFFFFFFFFFFFFF" +                    // Ask(-2)
        "00000000" + "05000000";                                          // Raw, empty

    private static readonly string[] Meaning = ["Move 7 1.5 2.5", "Blob DEADBEEF 010203", "Chat hi", "Ask -2", "Raw "];

    [Theory, EachLine]
    public async Task What_a_server_sends(Transport transport, Threading threading)
    {
        await using TestServer server = await TestServer.StartAsync(transport, Greeting().Run(threading));
        using RawClient client = await server.ConnectAsync();
        Assert.Equal(Golden, Convert.ToHexString(await client.ReceiveAsync(Golden.Length / 2)));
    }

    [Theory, EachLine]
    public async Task What_a_server_understands(Transport transport, Threading threading)
    {
        var understood = new Journal<string>();
        await using TestServer server = await TestServer.StartAsync(transport, Listening(understood).Run(threading));
        using RawClient client = await server.ConnectAsync();
        await client.SendAsync(Convert.FromHexString(Golden));
        Assert.Equal(Meaning, await understood.NextAsync(Meaning.Length));
    }

    [Theory, EachThreading]
    public async Task What_a_client_sends_and_understands(Threading threading)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();

        var understood = new Journal<string>();
        await using Peer peer = await Peer.ConnectTcpAsync(listener.LocalEndPoint!.ToString()!, Listening(understood).Run(threading)).Guarded();
        using var other = new RawClient(await listener.AcceptAsync().Guarded());

        SendAll(peer);
        byte[] sent = await other.ReceiveAsync(Golden.Length / 2);
        Assert.Equal(Golden, Convert.ToHexString(sent));

        await other.SendAsync(sent);
        Assert.Equal(Meaning, await understood.NextAsync(Meaning.Length));
    }

    private static void SendAll(Peer peer)
    {
        Assert.Equal(SendResult.Sent, peer.Send(new Move(7, 1.5f, 2.5f)));
        Assert.Equal(SendResult.Sent, peer.Send(new Blob(0xDEADBEEF, [1, 2, 3])));
        Assert.Equal(SendResult.Sent, peer.Send(new Chat { Text = "hi" }));
        Assert.Equal(SendResult.Sent, peer.Send(new Ask(-2)));
        Assert.Equal(SendResult.Sent, peer.Send(new Raw([])));
    }

    private static Script Greeting() => new()
    {
        OnOpened = peer =>
        {
            SendAll(peer);
            return peer;
        },
    };

    private static Script Listening(Journal<string> understood) => new()
    {
        OnMove = (_, move) => understood.Add(string.Create(CultureInfo.InvariantCulture, $"Move {move.Entity} {move.X} {move.Y}")),
        OnBlob = (_, blob) => understood.Add($"Blob {blob.Crc:X} {Convert.ToHexString(blob.Data)}"),
        OnChat = (_, chat) => understood.Add($"Chat {chat.Text}"),
        OnAsk = (_, ask) =>
        {
            understood.Add($"Ask {ask.Number}");
            return ValueTask.CompletedTask;
        },
        OnRaw = (_, raw) => understood.Add($"Raw {Convert.ToHexString(raw.Data)}"),
    };
}
