using System.Net.Sockets;
using System.Runtime.InteropServices;
using QContinuum;

namespace Chat;

/// <summary>The command <c>serve</c>.</summary>
internal static class Serving
{
    /// <summary>Serves until the process is told to end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(ChatOptions options)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

        var processor = new ChatProcessor();
        await using var server = new PeerServer(processor, new PeerServerOptions
        {
            DrainTimeout = TimeSpan.FromSeconds(2),
            Peers = new PeerOptions { MaxMessageSize = 16 * 1024, MaxMessagesPerSecond = 20 },
        });
        try
        {
            Listener listener = server.ListenTcp($"127.0.0.1:{options.Port}");
            await server.StartAsync();
            Console.WriteLine($"listening on {listener.EndPoint}");
            Console.Error.WriteLine(server.MemoryBudget);
        }
        catch (SocketException exception)
        {
            Console.Error.WriteLine($"chat: cannot listen on port {options.Port}: {exception.Message}");
            return 1;
        }

        await stop.Task;
        await processor.SayGoodbyeAsync();
        await server.StopAsync();
        return 0;

        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
