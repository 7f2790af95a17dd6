using System.Runtime.InteropServices;
using Chat.Terminal;
using QContinuum;

namespace Chat;

/// <summary>The command <c>join</c>.</summary>
internal static class Joining
{
    private static readonly TimeSpan s_stillThere = TimeSpan.FromMinutes(1);

    /// <summary>Talks until the input ends and the server has handled it, or the server refuses the nick.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ChatOptions options)
    {
        var nicks = new Nicks();
        using IScreen screen = Screens.Choose(nicks);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => screen.Interrupt());
        var delivery = new Delivery();
        var outage = new Outage(options.Server, screen);
        var session = new Session(options.Nick!, options.Room, screen, nicks, delivery, outage);
        await using PeerClient client = PeerClient.Tcp(options.Server, session, new PeerClientOptions
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            LongestDelay = TimeSpan.FromSeconds(10),
            Peers = new PeerOptions { Log = static _ => { } },
            Changed = outage.Tell,
        });
        using IDisposable pings = session.Every(s_stillThere, delivery.Ask);
        using IDisposable seconds = session.Every(TimeSpan.FromSeconds(1), session.Watch);
        try
        {
            await client.StartAsync();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            Console.Error.WriteLine($"chat: --server takes HOST:PORT, not '{Bounds.Strip(options.Server)}'");
            return 2;
        }

        if (await Task.WhenAny(session.Admitted, session.Refused) == session.Refused)
        {
            return 1;
        }

        var commands = new Commands(session, delivery, screen);
        int lost = await Task.Factory.StartNew(
            () =>
            {
                while (screen.ReadLine() is { } line && commands.Run(line))
                {
                }

                return delivery.Finish();
            },
            TaskCreationOptions.LongRunning);
        if (lost > 0)
        {
            screen.Write($"! not all that you said arrived: {lost} {(lost == 1 ? "line was" : "lines were")} not sent, or lost with the connection");
        }

        return lost > 0 ? 1 : 0;
    }
}
