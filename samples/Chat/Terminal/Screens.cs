namespace Chat.Terminal;

/// <summary>Which screen fits what the process was given.</summary>
internal static class Screens
{
    public static IScreen Choose(Nicks nicks)
    {
        bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        bool isColoured = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return isTerminal && !Console.IsInputRedirected ? new LineScreen(isColoured, new Completion(nicks)) : new PlainScreen(isColoured);
    }
}
