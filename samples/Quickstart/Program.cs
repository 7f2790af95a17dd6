using QContinuum;
using Quickstart;
using Quickstart.Messages;

TimeSpan patience = TimeSpan.FromSeconds(10);

try
{
    await using var server = new PeerServer(new Lobby());
    Listener listener = server.ListenTcp("127.0.0.1:0");
    await server.StartAsync();
    Console.WriteLine($"server: listening on {listener.EndPoint}");
    Console.WriteLine($"server: {server.MemoryBudget}");

    var bot = new Bot();
    await using Peer peer = await Peer.ConnectTcpAsync(listener.EndPoint.ToString(), bot).WaitAsync(patience);

    peer.Send(new Move(Entity: 7, X: 1.5f, Y: 2.5f));

    byte[] data = [1, 2, 3, 4, 5];
    peer.Send(new Blob(Checksum.Of(data), data));

    await peer.SendAsync(new Chat { Text = "hello" });

    await bot.Welcomed.WaitAsync(patience);
    return 0;
}
catch (Exception exception) when (exception is TimeoutException or IOException or System.Net.Sockets.SocketException)
{
    Console.Error.WriteLine($"quickstart: {exception.Message}");
    return 1;
}
