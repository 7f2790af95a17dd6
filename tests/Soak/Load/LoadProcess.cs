using System.Globalization;
using System.Net.Sockets;

namespace QContinuum.Soak.Tests.Load;

/// <summary>
/// What the process does that makes the load: it keeps its peers churning until its standard input ends, and writes a <see cref="Tally"/> a
/// second to its standard output, the last of them when nobody is left.
/// </summary>
internal sealed class LoadProcess : IDisposable
{
    /// <summary>The first argument of the program that makes it this process.</summary>
    public const string Role = "load";

    /// <summary>Of so many peers one is an attacker.</summary>
    private const int PeersForAnAttacker = 5;

    private const double ArrivalsPerSecond = 1000;

    private readonly CancellationTokenSource _over = new();
    private readonly int _port;

    private LoadProcess(int port, int peers, int rate)
    {
        _port = port;
        Pause = TimeSpan.FromSeconds(peers * (1 - (1.0 / PeersForAnAttacker)) * Burst.MeanCount / rate);
    }

    public Counters Counters { get; } = new();

    public CancellationToken Over => _over.Token;

    /// <summary>Between the bursts of one peer, such that all of them together send at the rate that was asked for.</summary>
    public TimeSpan Pause { get; }

    public static string[] Arguments(int port, SoakOptions options)
    {
        int[] numbers = [port, options.Peers, options.Rate, options.Seed];
        return [Role, .. numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture))];
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        int[] numbers = [.. arguments.Select(static number => int.Parse(number, CultureInfo.InvariantCulture))];
        (int port, int peers, int rate, int seed) = (numbers[0], numbers[1], numbers[2], numbers[3]);

        // More threads would only be more that wait for a processor, and that the server has to wait for.
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        using LoadProcess load = new(port, peers, rate);
        await load.RunAsync(peers, seed);
        return 0;
    }

    public Task<Wire> ConnectAsync(int buffers = 0) => Wire.ConnectAsync(_port, Counters, buffers);

    /// <summary>Waits, at the end of all no longer.</summary>
    public async Task PauseAsync(TimeSpan time) => await Task.Delay(time, Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(int peers, int seed)
    {
        Task told = Task.Factory.StartNew(
            static () => Console.In.ReadToEnd(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task[] places = [.. Enumerable.Range(0, peers).Select(place => FillAsync(place, new Random(HashCode.Combine(seed, place))))];
        using (PeriodicTimer second = new(TimeSpan.FromSeconds(1)))
        {
            do
            {
                Console.WriteLine(Counters.Tally);
            }
            while (await Task.WhenAny(told, second.WaitForNextTickAsync().AsTask()) != told);
        }

        await _over.CancelAsync();
        await Task.WhenAll(places);
        Console.WriteLine(Counters.Tally);
    }

    /// <summary>Keeps one place among the peers: when one has left, another comes.</summary>
    private async Task FillAsync(int place, Random random)
    {
        await PauseAsync(TimeSpan.FromSeconds(place / ArrivalsPerSecond));
        Func<Task> live = place % PeersForAnAttacker == 0 ? new Attacker(this, random).LiveAsync : new Talker(this, random).LiveAsync;
        bool isAttacker = place % PeersForAnAttacker == 0;
        while (!Over.IsCancellationRequested)
        {
            try
            {
                await live();
            }
            catch (OperationCanceledException) when (Over.IsCancellationRequested)
            {
            }
            catch (SocketException) when (isAttacker)
            {
            }
            catch (Exception exception) when (exception is SocketException or InvalidDataException or TimeoutException)
            {
                Counters.Wrong($"{(isAttacker ? "an attacker" : "a peer")} in place {place}: {exception.Message}");
                await PauseAsync(Pause);
            }
        }
    }

    public void Dispose() => _over.Dispose();
}
