using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using QContinuum.Samples.Tests;

namespace QContinuum.Attacks.Tests.Support;

/// <summary>
/// A server of its own that is attacked, and the good clients around it: those connected before, those who come during the attack and after it. Every reply
/// to them is checked.
/// </summary>
internal sealed partial class Siege : IAsyncDisposable
{
    public const string Echo = "echo";

    private const int OldClients = 2;

    /// <summary>
    /// What the process takes besides what its peers hold, in bytes: objects that the garbage collector has not looked at yet, and code that is compiled again
    /// once it proves to be busy.
    /// </summary>
    public const long Slack = 32L * 1024 * 1024;

    /// <summary>
    /// The garbage of the servers of tests/Victim, which is not what they are made to hold, is collected after 4 MiB (in hexadecimal). By default it would be as much as the
    /// processor's cache, which may have hundreds.
    /// </summary>
    private const string CollectOften = "export DOTNET_GCgen0size=400000";

    /// <summary>What is allowed more at the end than at the beginning: workers of the thread pool, which come as they are needed.</summary>
    private const int MoreThreads = 8;

    private readonly Sample _server;
    private readonly List<Client> _old = [];
    private int _descriptors;
    private int _threads;
    private long _resident;
    private long _committed;

    private Siege(Sample server, int port)
    {
        _server = server;
        Port = port;
        Vitals = new Vitals(server.Id);
    }

    public int Port { get; }

    public Vitals Vitals { get; }

    /// <param name="server"><see cref="Echo"/>, or how a server of tests/Victim is to answer.</param>
    /// <param name="preparation">What the shell does before it becomes the server.</param>
    public static async Task<Siege> BeginAsync(string server = Echo, string preparation = "true")
    {
        Sample sample = server == Echo
            ? Sample.StartAfter(preparation, "Echo", "--port", "0", "--loops", "2")
            : Sample.StartAfter($"{CollectOften} && {preparation}", "../tests/Victim", server);
        string? line = await sample.LineAsync();
        Match match = Ready().Match(line ?? "");
        Assert.True(match.Success, $"the server said '{line}'");
        Siege siege = new(sample, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        await siege.PrepareAsync();
        return siege;
    }

    public Task<Client> ConnectAsync(int receiveBuffer = 0) => Client.ConnectAsync(Port, receiveBuffer);

    public async Task<Client[]> ConnectManyAsync(int count, int receiveBuffer = 0)
    {
        Client[] clients = new Client[count];
        for (int i = 0; i < count; i++)
        {
            clients[i] = await ConnectAsync(receiveBuffer);
        }

        return clients;
    }

    /// <summary>Runs an attack; all the while those who were there before are served, and others come and are served.</summary>
    public async Task EndureAsync(Func<Task> attack)
    {
        using CancellationTokenSource over = new();
        Task[] good = [.. _old.Select(client => ExchangeUntil(client, over.Token)), ArriveUntil(over.Token)];
        try
        {
            await Task.Run(attack).Guarded();
        }
        finally
        {
            await over.CancelAsync();
        }

        await Task.WhenAll(good).Guarded();
    }

    /// <summary>Serves those who were there before.</summary>
    public async Task ServeOldAsync()
    {
        foreach (Client client in _old)
        {
            await client.ExchangeAsync();
        }
    }

    /// <summary>Serves those who were there before, and somebody new.</summary>
    public async Task ExpectServedAsync()
    {
        await ServeOldAsync();
        using Client fresh = await ConnectAsync();
        await fresh.ExchangeAsync();
    }

    /// <summary>Waits until the server has read all that was sent to it.</summary>
    public async Task ExpectAllReadAsync()
    {
        using Client other = await ConnectAsync();
        await Guard.UntilAsync(() => KernelQueues.AreEmpty(Port), other.ExchangeAsync, static () => "the server does not read");
    }

    /// <summary>At no moment since the beginning was more memory there than peers may make the server hold, and <see cref="Slack"/>.</summary>
    public void ExpectMemoryWithin(long heldByPeers) => Assert.InRange(Vitals.MostResidentBytes - _resident, long.MinValue, heldByPeers + Slack);

    /// <summary>The same of memory that is promised to the server, if not there: what it took and has not touched.</summary>
    public void ExpectCommittedWithin(long heldByPeers) => Assert.InRange(Vitals.CommittedBytes - _committed, long.MinValue, heldByPeers + Slack);

    public void ExpectQuiet() => Quiet.Expect(Vitals);

    /// <summary>Waits until the attackers have left nothing behind but the descriptors of the good clients.</summary>
    public Task ExpectNobodyLeftAsync() => Guard.UntilAsync(
        () => Vitals.Descriptors <= _descriptors,
        ExpectServedAsync,
        () => $"{Vitals.Descriptors} descriptors are open, and {_descriptors} were at the beginning");

    /// <summary>Changes <c>ulimit -n</c> of the server as it runs.</summary>
    public async Task LimitDescriptorsAsync(int count)
    {
        using Process prlimit = Process.Start("prlimit", [$"--pid={_server.Id}", $"--nofile={count}:"]);
        await prlimit.WaitForExitAsync().Guarded();
        Assert.Equal(0, prlimit.ExitCode);
    }

    public Task SignalAsync(string signal) => _server.SignalAsync(signal);

    /// <summary>After an attack: everything is as it was, and the server ends in order when it is told to.</summary>
    /// <returns>What it wrote to its standard error.</returns>
    public async Task<string> EndAsync()
    {
        await ExpectServedAsync();
        await ExpectNobodyLeftAsync();
        ExpectQuiet();
        Assert.InRange(Vitals.Threads, 1, _threads + MoreThreads);
        long grown = Vitals.MostResidentBytes - _resident;

        await SignalAsync("TERM");
        string error = await EndedAsync();
        Match budget = Budget().Match(error);
        Assert.True(budget.Success, $"the server said '{error}'");

        // The budget is of what the server makes the process hold: what the garbage collector has not come to is beside it.
        Assert.InRange(grown, long.MinValue, (long.Parse(budget.Groups[1].Value, CultureInfo.InvariantCulture) << 20) + Slack);
        return error;
    }

    /// <summary>Waits until the server, which was told to, has told its clients and ended.</summary>
    /// <returns>What it wrote to its standard error.</returns>
    public async Task<string> EndedAsync()
    {
        foreach (Client client in _old)
        {
            Assert.Empty(await client.ReceiveToEndAsync());
            client.Dispose();
        }

        (int code, string output, string error) = await _server.EndAsync();
        Assert.True(code == 0 && output.Length == 0, $"it ended with {code}: {output}{error}");
        return error;
    }

    public ValueTask DisposeAsync()
    {
        _old.ForEach(static client => client.Dispose());
        return _server.DisposeAsync();
    }

    /// <summary>What is loaded and compiled with the first clients is no growth.</summary>
    private async Task PrepareAsync()
    {
        for (int i = 0; i < OldClients; i++)
        {
            _old.Add(await ConnectAsync());
        }

        for (int i = 0; i < 20; i++)
        {
            await ExpectServedAsync();
        }

        // The last of them may take a moment to leave.
        do
        {
            _descriptors = Vitals.Descriptors;
            await _old[0].ExchangeAsync();
        }
        while (Vitals.Descriptors < _descriptors);

        _threads = Vitals.Threads;
        _resident = Vitals.ResidentBytes;
        _committed = Vitals.CommittedBytes;
        Vitals.ForgetMost();
    }

    private static async Task ExchangeUntil(Client client, CancellationToken over)
    {
        do
        {
            await client.ExchangeAsync();
        }
        while (!over.IsCancellationRequested);
    }

    private async Task ArriveUntil(CancellationToken over)
    {
        do
        {
            using Client fresh = await ConnectAsync();
            for (int i = 0; i < 20; i++)
            {
                await fresh.ExchangeAsync();
            }
        }
        while (!over.IsCancellationRequested);
    }

    [GeneratedRegex(@"^listening on 127\.0\.0\.1:([1-9][0-9]*)$")]
    private static partial Regex Ready();

    [GeneratedRegex(@"memory budget: (\d+) MiB")]
    private static partial Regex Budget();
}
