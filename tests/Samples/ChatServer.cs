namespace QContinuum.Samples.Tests;

/// <summary>A running server of the chat, and clients of it.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private const string Ready = "listening on ";

    private ChatServer(Sample process, string endpoint)
    {
        Process = process;
        Endpoint = endpoint;
    }

    public Sample Process { get; }

    public string Endpoint { get; }

    public static async Task<ChatServer> StartAsync()
    {
        Sample server = Sample.Start("Chat", "serve", "--port", "0");
        return new ChatServer(server, (await server.LineWithAsync(Ready))[Ready.Length..]);
    }

    /// <summary>A client whose standard input and output are pipes, in its room.</summary>
    public async Task<Sample> JoinAsync(string nick, string room = "lobby")
    {
        Sample client = Sample.Start("Chat", "join", nick, "--server", Endpoint, "--room", room);
        await client.LineWithAsync($"* in {room}: ");
        return client;
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
