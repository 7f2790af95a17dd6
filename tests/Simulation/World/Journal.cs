namespace QContinuum.Simulation.Tests.World;

/// <summary>What happened to one peer: it opened, a message with a number was handled, it closed with a reason; each by one of two processors.</summary>
internal readonly record struct Entry(string Processor, int? Number = null, CloseReason? Closed = null)
{
    internal bool IsOpened => Number is null && Closed is null;
}

/// <summary>What happened to all peers, in order, and what was done to them from elsewhere.</summary>
internal sealed class Journal(Action<string> trace, Action<string> fail, TimeProvider clock)
{
    /// <summary>Longer than what an end may take, and shorter than what brings about the end of who says nothing.</summary>
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(4);

    private readonly Dictionary<int, Story> _stories = [];
    private readonly Dictionary<string, (int Posted, int Ran)> _posts = [];

    /// <summary>Every peer that has opened.</summary>
    internal List<Peer> Peers { get; } = [];

    internal Story Of(int port)
    {
        if (!_stories.TryGetValue(port, out Story? story))
        {
            _stories.Add(port, story = new Story());
        }

        return story;
    }

    internal void Note(Peer peer, int port, Entry entry)
    {
        trace($"{entry.Processor}, client {port}: {(entry.IsOpened ? "opened" : entry.Number is { } number ? $"message {number}" : $"closed, {entry.Closed}")}{(peer.Reason == CloseReason.None ? "" : $", while it closes, {peer.Reason}")}");
        Story story = Of(port);
        if (story.Peer is null)
        {
            story.Peer = peer;
            Peers.Add(peer);
        }
        else if (story.Peer != peer)
        {
            fail($"{entry} of client {port} is told of another peer than the one that opened");
        }

        if (story.Running is { } running && (entry.Closed is null || !story.IsWaitingForClient))
        {
            fail($"{entry} of client {port} comes while {running} runs");
        }

        TimeSpan since = story.Entries.Count == 0 ? TimeSpan.Zero : clock.GetElapsedTime(story.Moment);
        if (entry.Closed is not null && peer.Reason != CloseReason.Idle && since > LongestEnd)
        {
            fail($"{entry} of client {port} comes {since.TotalSeconds} s after all that could bring it about");
        }

        story.Moment = clock.GetTimestamp();
        story.Entries.Add(entry);
    }

    /// <summary>An asynchronous handler runs from here to <see cref="End"/>.</summary>
    internal void Begin(int port, string handler, bool waitsForClient)
    {
        Story story = Of(port);
        trace($"{handler} of client {port} begins");
        story.Running = handler;
        story.IsWaitingForClient = waitsForClient;
    }

    internal void End(int port)
    {
        trace($"{Of(port).Running} of client {port} ends");
        Of(port).Running = null;
    }

    /// <summary>A function was posted to a processor.</summary>
    /// <returns>Its number.</returns>
    internal int Posted(string processor)
    {
        (int posted, int ran) = _posts.GetValueOrDefault(processor);
        _posts[processor] = (posted + 1, ran);
        return posted;
    }

    /// <summary>It runs.</summary>
    internal void Ran(string processor, int number)
    {
        trace($"{processor} runs function {number}");
        (int posted, int ran) = _posts[processor];
        if (number != ran)
        {
            fail($"function {number} of {processor} runs where {ran} was to come");
        }

        _posts[processor] = (posted, ran + 1);
    }

    /// <returns>What does not hold once all is over, or null.</returns>
    internal string? Judge() => _posts.Where(static post => post.Value.Posted != post.Value.Ran)
        .Select(static post => $"{post.Value.Ran} of {post.Value.Posted} functions ran that were posted to {post.Key}").FirstOrDefault();
}

/// <summary>One client's.</summary>
internal sealed class Story
{
    internal Peer? Peer { get; set; }

    internal List<Entry> Entries { get; } = [];

    /// <summary>When the last of them was noted.</summary>
    internal long Moment { get; set; }

    /// <summary>The asynchronous handler that runs.</summary>
    internal string? Running { get; set; }

    /// <summary>It waits for the client: a peer at its end does not wait for it for ever.</summary>
    internal bool IsWaitingForClient { get; set; }

    /// <summary>Messages whose handlers redirected the peer.</summary>
    internal HashSet<int> Moves { get; } = [];

    /// <summary>Messages in whose midst the client was asked something, and confirmed it.</summary>
    internal HashSet<int> Confirmed { get; } = [];

    /// <summary>It was redirected by somebody who was no handler of it.</summary>
    internal bool WasMovedElsewhere { get; set; }

    /// <summary>It was closed by somebody who was no handler of it.</summary>
    internal bool WasClosedElsewhere { get; set; }

    /// <summary>The server stopped while it was there.</summary>
    internal bool WasStopped { get; set; }

    /// <summary>The handler of its opening threw.</summary>
    internal bool HasThrownAtOpening { get; set; }

    /// <summary>News that were queued for it.</summary>
    internal HashSet<(int Source, int Number)> News { get; } = [];
}
