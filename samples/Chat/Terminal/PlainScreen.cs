namespace Chat.Terminal;

/// <summary>Lines in and lines out, for pipes and files.</summary>
internal sealed class PlainScreen(bool isColoured) : IScreen
{
    private readonly Lock _gate = new();

    public void Write(string line, string? nick = null)
    {
        lock (_gate)
        {
            Console.WriteLine(isColoured && nick is not null ? Colours.Paint(line, nick) : line);
        }
    }

    public string? ReadLine() => Console.ReadLine();

    public bool Keep(string line) => false;

    public void Interrupt()
    {
    }

    public void Dispose()
    {
    }
}
