using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Dns;
using QContinuum;

ushort port = 5300;
if (args is not [] && !(args is ["--port", var text] && ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port)))
{
    Console.Error.WriteLine("usage: Dns [--port P]    P: 0 (a free port) to 65535, default 5300");
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

await using var server = new PeerServer(new Resolver(), new PeerServerOptions { DrainTimeout = TimeSpan.FromSeconds(2) });
try
{
    Listener listener = server.ListenTcp($"127.0.0.1:{port}");
    await server.StartAsync();
    Console.Error.WriteLine(server.MemoryBudget);
    Console.WriteLine($"listening on {listener.EndPoint}");
}
catch (SocketException exception)
{
    Console.Error.WriteLine($"dns: cannot listen on port {port}: {exception.Message}");
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
