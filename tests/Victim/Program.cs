using System.Runtime.InteropServices;
using QContinuum;
using Victim;

// A server that is attacked in tests. It answers as samples/Echo does, in the way that its one argument says, on two loops and a free port of the loopback.
var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.TrySetResult();
});

// The threads of the process are counted, and those that the pool adds when a machine is busy are not what peers bring about.
int threads = Math.Max(4, Environment.ProcessorCount);
ThreadPool.SetMaxThreads(threads, threads);

Processor processor = args switch
{
    ["awaiting"] => new AsyncEcho(),
    ["reading"] => Reading.InPieces,
    ["collecting"] => Reading.Whole,
    ["redirecting"] => new Gate { Behind = new InlineEcho() },
    _ => throw new ArgumentException("It is one of awaiting, reading, collecting, redirecting.", nameof(args)),
};
using CancellationTokenSource stopped = new();
await using PeerServer server = new(processor, new PeerServerOptions { Loops = 2, DrainTimeout = TimeSpan.FromSeconds(2) });
Listener listener = server.ListenTcp("127.0.0.1:0");
await server.StartAsync();
if (processor == Reading.InPieces || processor == Reading.Whole)
{
    _ = Reading.AcceptAllAsync(server, stopped.Token);
}

Console.WriteLine($"listening on {listener.EndPoint}");
Console.Error.WriteLine(server.MemoryBudget);
await stop.Task;
await stopped.CancelAsync();
await server.StopAsync();
