using System.Net.Sockets;
using System.Runtime.InteropServices;
using Modbus;
using QContinuum;

TimeSpan patience = TimeSpan.FromSeconds(30);

if (!ModbusOptions.TryParse(args, out ModbusOptions? options, out string? error))
{
    Console.Error.WriteLine($"modbus: {error}");
    Console.Error.WriteLine(ModbusOptions.Usage);
    return 2;
}

try
{
    await (options.Server is { } server ? Tour.RunAsync(server.ToString()).WaitAsync(patience) : ServeAsync(options.Port));
    return 0;
}
catch (Exception exception) when (exception is SocketException or PeerClosedException or ReplyFaultException or TimeoutException)
{
    Console.Error.WriteLine($"modbus: {exception.Message}");
    return 1;
}

static async Task ServeAsync(int port)
{
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

    await using var server = new PeerServer(new Device(), new PeerServerOptions { DrainTimeout = TimeSpan.FromSeconds(2) });
    Listener listener = server.ListenTcp($"127.0.0.1:{port}");
    await server.StartAsync();
    Console.Error.WriteLine(server.MemoryBudget);
    Console.WriteLine($"listening on {listener.EndPoint}");

    await stop.Task;
    await server.StopAsync();

    void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.TrySetResult();
    }
}
