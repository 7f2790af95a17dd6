namespace Chat.Terminal;

/// <summary>Where a person types and reads. Disposing of it leaves the terminal as it was.</summary>
internal interface IScreen : IDisposable
{
    /// <summary>Shows a line. Any thread.</summary>
    /// <param name="line">The line, which steers no terminal.</param>
    /// <param name="nick">Whose line it is, which decides its colour; null for nobody's.</param>
    void Write(string line, string? nick = null);

    /// <summary>Waits for a line. One thread.</summary>
    /// <returns>The line; null when the input has ended.</returns>
    string? ReadLine();

    /// <summary>Puts a line that came to nothing back to where it was typed, where there is such a place. The thread of <see cref="ReadLine"/>.</summary>
    /// <returns>False where there is none: the line is lost.</returns>
    bool Keep(string line);

    /// <summary>The process is about to end in the middle of a line: what comes next on the terminal begins a new one. Any thread.</summary>
    void Interrupt();
}
