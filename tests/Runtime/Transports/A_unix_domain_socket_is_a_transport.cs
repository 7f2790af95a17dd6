using System.Diagnostics;
using System.Net.Sockets;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Transports;

public sealed class A_unix_domain_socket_is_a_transport : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qcontinuum").FullName;

    private string SocketPath => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, EachThreading]
    public async Task Messages_go_both_ways(Threading threading)
    {
        Script echo = new();
        Journal<Move> back = new();
        Script asking = new() { OnMove = (_, move) => back.Add(move) };
        await using PeerServer server = new(echo.Run(threading));
        UnixListener listener = server.ListenUnix(SocketPath);
        await server.StartAsync();

        await using Peer peer = await Peer.ConnectUnixAsync(listener.Path, asking.Run(threading)).Guarded();
        peer.Send(new Move(1, 2, 3));

        Assert.Equal(new Move(1, 2, 3), await back.NextAsync());
        Assert.Equal(SocketPath, peer.RemoteEndPoint.ToString());
        Assert.Equal(SocketPath, (await echo.Peers.NextAsync()).RemoteEndPoint.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_file_goes_with_the_server(bool hasRun)
    {
        await using (PeerServer server = new(new Script().Run(Threading.Inline)))
        {
            server.ListenUnix(SocketPath);
            if (hasRun)
            {
                await server.StartAsync();
            }

            Assert.True(File.Exists(SocketPath));
        }

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task What_a_killed_server_left_behind_is_replaced()
    {
        using (Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(SocketPath));
            string kept = SocketPath + ".kept";
            File.Move(SocketPath, kept);
            dead.Dispose();
            File.Move(kept, SocketPath);
        }

        await using PeerServer server = new(new Script().Run(Threading.Inline));
        server.ListenUnix(SocketPath);
        await server.StartAsync();
        await using Peer peer = await Peer.ConnectUnixAsync(SocketPath, new Script().Run(Threading.Inline)).Guarded();
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    [Fact]
    public async Task A_path_where_a_server_listens_is_taken()
    {
        await using PeerServer first = new(new Script().Run(Threading.Inline));
        first.ListenUnix(SocketPath);
        await using PeerServer second = new(new Script().Run(Threading.Inline));

        SocketException taken = Assert.Throws<SocketException>(() => second.ListenUnix(SocketPath));

        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
        Assert.Equal($"Cannot listen on '{SocketPath}': another server listens there. Stop it first, or choose another path.", taken.Message);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_a_clear_exception()
    {
        string plain = Path.Combine(_folder, "plain");
        await File.WriteAllTextAsync(plain, "precious");
        await using PeerServer server = new(new Script().Run(Threading.Inline));

        Expect(Path.Combine(_folder, "no", "socket"), $"the directory '{Path.Combine(_folder, "no")}' does not exist. Create it first, or choose another path.");
        Expect(_folder, "it is a directory. Name a file in it that does not exist yet.");
        Expect(Path.Combine(plain, "socket"), $"'{plain}' is no directory. Choose another path.");
        Expect(plain, "a file that is no socket has this name, and is left alone. Choose another path.");

        void Expect(string path, string why) => Assert.Equal($"Cannot listen on '{path}': {why}", Assert.Throws<SocketException>(() => server.ListenUnix(path)).Message);
    }

    /// <summary>The names that Linux has beside those of files begin with a byte of zero, which is written as an @.</summary>
    [OnLinux]
    public async Task A_name_that_is_no_file_is_taken_and_free_again()
    {
        string name = $"\0{_folder}";
        await using PeerServer first = new(new Script().Run(Threading.Inline));
        first.ListenUnix(name);
        await using PeerServer second = new(new Script().Run(Threading.Inline));

        SocketException taken = Assert.Throws<SocketException>(() => second.ListenUnix(name));
        Assert.StartsWith($"Cannot listen on '@{_folder}': another server listens there.", taken.Message, StringComparison.Ordinal);

        await first.StopAsync().Guarded();
        second.ListenUnix(name);
        await second.StartAsync();
        await using Peer peer = await Peer.ConnectUnixAsync(name, new Script().Run(Threading.Inline)).Guarded();
        Assert.Equal(CloseReason.None, peer.Reason);
    }

    /// <summary>Somebody cleared the directory, and another server has taken the path since: its file is none of the first one's.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stops_leaves_the_file_of_another_alone(bool hasRun)
    {
        PeerServer first = new(new Script().Run(Threading.Inline));
        first.ListenUnix(SocketPath);
        if (hasRun)
        {
            await first.StartAsync();
        }

        File.Delete(SocketPath);
        await using PeerServer second = new(new Script().Run(Threading.Inline));
        second.ListenUnix(SocketPath);
        await second.StartAsync();

        await first.StopAsync().Guarded();

        await using Peer peer = await Peer.ConnectUnixAsync(SocketPath, new Script().Run(Threading.Inline)).Guarded();
        Assert.Equal(CloseReason.None, peer.Reason);
        await second.StopAsync().Guarded();
        Assert.False(File.Exists(SocketPath));
    }

    /// <summary>Its folder is another one by now: a link that leads nowhere. The file stays, and the server ends all the same.</summary>
    [Fact]
    public async Task A_server_stops_though_its_file_cannot_be_looked_at()
    {
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "inner")).FullName;
        Script script = new();
        Journal<string> log = new();
        PeerServer server = new(script.Run(Threading.Queued), new PeerServerOptions { Loops = 1, Peers = new PeerOptions { Log = log.Add } });
        UnixListener listener = server.ListenUnix(Path.Combine(inner, "socket"));
        Listener other = server.ListenTcp("127.0.0.1:0");
        await server.StartAsync().Guarded();
        using RawClient client = await RawClient.ConnectAsync(other.EndPoint);
        await client.ExpectEchoAsync(Frames.Raw(1));
        Directory.Move(inner, Path.Combine(_folder, "moved"));
        File.CreateSymbolicLink(inner, inner);

        await server.StopAsync().Guarded();

        Assert.Equal(CloseReason.Stopped, (await script.Closings.NextAsync()).Reason);
        Assert.Equal(0, server.PeerCount);
        Assert.Contains(listener.Path, await log.NextAsync(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "moved", "socket")));
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_left_alone()
    {
        await File.WriteAllTextAsync(SocketPath, "precious");
        await using PeerServer server = new(new Script().Run(Threading.Inline));

        Assert.Throws<SocketException>(() => server.ListenUnix(SocketPath));

        Assert.Equal("precious", await File.ReadAllTextAsync(SocketPath));
    }

    /// <summary>Nobody may be at its other end, and nobody is waited for.</summary>
    [Fact]
    public async Task A_pipe_is_left_alone()
    {
        using (Process make = Process.Start("mkfifo", [SocketPath]))
        {
            await make.WaitForExitAsync().Guarded();
        }

        await using PeerServer server = new(new Script().Run(Threading.Inline));

        await Assert.ThrowsAsync<SocketException>(() => Task.Run(() => server.ListenUnix(SocketPath)).Guarded());

        Assert.True(File.Exists(SocketPath));
    }

    /// <summary>It is there, although it accepts nobody at present.</summary>
    [Fact]
    public async Task A_path_where_many_wait_is_taken()
    {
        UnixDomainSocketEndPoint endpoint = new(SocketPath);
        using Socket busy = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        busy.Bind(endpoint);
        busy.Listen(1);
        List<Socket> waiting = [];
        try
        {
            while (true)
            {
                Socket one = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
                waiting.Add(one);
                one.Connect(endpoint);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
        }

        await using PeerServer server = new(new Script().Run(Threading.Inline));
        SocketException taken = await Assert.ThrowsAsync<SocketException>(() => Task.Run(() => server.ListenUnix(SocketPath)).Guarded());

        Assert.Equal(SocketError.AddressAlreadyInUse, taken.SocketErrorCode);
        waiting.ForEach(static one => one.Dispose());
    }

    [Fact]
    public async Task Nobody_there_is_a_clear_exception()
    {
        SocketException missing = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectUnixAsync(SocketPath, new Script().Run(Threading.Inline)).Guarded());

        Assert.NotEqual(SocketError.Success, missing.SocketErrorCode);
    }
}
