namespace Chat;

/// <summary>Who is behind a peer, as the server sees it.</summary>
public sealed class Visitor
{
    /// <summary>The nick; null before it said Hello.</summary>
    public string? Nick { get; set; }

    /// <summary>The room; null while it is in none.</summary>
    public string? Room { get; set; }

    /// <summary>When it was asked whether it is still there, as <see cref="Environment.TickCount64"/> has it; null when it has answered.</summary>
    public long? KnockedAt { get; set; }
}
