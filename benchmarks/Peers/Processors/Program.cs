using System.Globalization;
using Echo;
using QContinuum;
using QContinuum.Benchmarks.Processors;

// One server, all defaults, and the processor that the command line names: only how messages reach it differs. usage: Processors inline|queued|channel|channel-of-reads|group LOOPS
// It tells what it has allocated so far for every line on its standard input, and ends with it.
Processor processor = args[0] switch
{
    "inline" => new EchoProcessor(),
    "queued" => new QueuedEcho(),
    "channel" => new ChannelEcho(),
    "channel-of-reads" => new ChannelOfReads(),
    "group" => new Crowd(),
    _ => throw new ArgumentException($"there is no processor '{args[0]}'"),
};
await using var server = new PeerServer(processor, new PeerServerOptions { Loops = int.Parse(args[1], CultureInfo.InvariantCulture) });
Listener listener = server.ListenTcp("127.0.0.1:0");
await server.StartAsync();
Console.WriteLine($"listening on {listener.EndPoint}");
while (Console.ReadLine() is not null)
{
    Console.WriteLine($"allocated={GC.GetTotalAllocatedBytes(precise: true)}");
}
