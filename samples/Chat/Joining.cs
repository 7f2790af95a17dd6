using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>The command <c>join</c>.</summary>
internal static class Joining
{
    private static readonly TimeSpan s_stillThere = TimeSpan.FromMinutes(1);

    /// <summary>Talks until the input ends, or the server refuses the nick.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ChatOptions options)
    {
        IScreen screen = PlainScreen.Create();
        var session = new Session(options.Nick!, options.Room, screen);
        await using PeerClient client = PeerClient.Tcp(options.Server, session, new PeerClientOptions
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            LongestDelay = TimeSpan.FromSeconds(10),
            Peers = new PeerOptions { Log = static _ => { } },
            Changed = change => Announce(change, options.Server, screen),
        });
        using IDisposable still = session.Every(s_stillThere, () => client.Send(new Messages.Ping()));
        _ = client.StartAsync();
        var commands = new Commands(client, session, screen);
        Task typing = Task.Factory.StartNew(() => Type(screen, commands), TaskCreationOptions.LongRunning);
        await Task.WhenAny(typing, session.Refused);
        await client.StopAsync();
        return session.Refused.IsCompleted ? 1 : 0;
    }

    private static void Type(IScreen screen, Commands commands)
    {
        while (screen.ReadLine() is { } line && commands.Run(line))
        {
        }
    }

    private static void Announce(PeerClientChange change, string server, IScreen screen)
    {
        switch (change)
        {
            case { State: PeerClientState.Waiting, Error: { } error }:
                screen.Write($"* cannot reach {server}: {Bounds.Strip(error.Message)}; trying again");
                break;
            case { State: PeerClientState.Waiting }:
                screen.Write($"* the server is gone ({change.Reason}); trying again");
                break;
        }
    }
}
