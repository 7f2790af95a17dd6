using System.Runtime.InteropServices;
using Chat.Messages;
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
        var nicks = new Nicks();
        using IScreen screen = Screens.Choose(nicks);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => screen.Interrupt());
        var session = new Session(options.Nick!, options.Room, screen, nicks);
        await using PeerClient client = PeerClient.Tcp(options.Server, session, new PeerClientOptions
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            LongestDelay = TimeSpan.FromSeconds(10),
            Peers = new PeerOptions { Log = static _ => { } },
            Changed = new Outage(options.Server, screen).Tell,
        });
        using IDisposable ticks = session.Every(s_stillThere, () => client.Send(new Ping()));
        try
        {
            await client.StartAsync();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            Console.Error.WriteLine($"chat: --server takes HOST:PORT, not '{Bounds.Strip(options.Server)}'");
            return 2;
        }

        if (await Task.WhenAny(session.Welcomed, session.Refused) == session.Refused)
        {
            return 1;
        }

        var commands = new Commands(client, session, screen);
        await Task.Factory.StartNew(
            () =>
            {
                while (screen.ReadLine() is { } line && commands.Run(line))
                {
                }
            },
            TaskCreationOptions.LongRunning);
        return 0;
    }
}
