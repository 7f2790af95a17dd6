using System.Net.Sockets;
using System.Runtime.InteropServices;
using Echo;
using QContinuum;

if (!EchoOptions.TryParse(args, out EchoOptions? options, out string? error))
{
    Console.Error.WriteLine($"echo: {error}");
    Console.Error.WriteLine(EchoOptions.Usage);
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

await using var server = new PeerServer(new EchoProcessor(), new PeerServerOptions
{
    Loops = options.Loops,
    Poller = options.Poller,
    DrainTimeout = TimeSpan.FromSeconds(2),
});
try
{
    Listener listener = server.ListenTcp($"127.0.0.1:{options.Port}");
    await server.StartAsync();
    if (options.Poller != PollerKind.Best)
    {
        Console.WriteLine($"poller {options.Poller.ToString().ToLowerInvariant()}");
    }

    Console.WriteLine($"listening on {listener.EndPoint}");
    Console.Error.WriteLine(server.MemoryBudget);
}
catch (SocketException exception)
{
    Console.Error.WriteLine($"echo: cannot listen on port {options.Port}: {exception.Message}");
    return 1;
}
catch (PlatformNotSupportedException exception)
{
    Console.Error.WriteLine($"echo: {exception.Message}");
    return 1;
}

await stop.Task;
await server.StopAsync();
return 0;

void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
