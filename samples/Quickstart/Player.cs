namespace Quickstart;

/// <summary>What the server keeps for a peer.</summary>
public sealed class Player(string name)
{
    public string Name { get; } = name;

    public int Moves { get; set; }
}
