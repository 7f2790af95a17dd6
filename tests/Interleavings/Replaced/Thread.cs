using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>A thread that belongs to the run of the thread that starts it.</summary>
internal sealed class Thread(Action body)
{
    private Controlled? _controlled;

    internal bool IsBackground { get; init; }

    internal string Name { get; init; } = "";

    /// <summary>Who starts a server may sleep; nothing of what is explored does.</summary>
    internal static void Sleep(int milliseconds) => throw new NotSupportedException();

    internal void UnsafeStart()
    {
        Controlled current = Controlled.Current!;
        current.Fence();
        _controlled = current.Run.Thread(Name, body);
    }

    /// <summary>No time passes here: it is waited for to the end.</summary>
    internal bool Join(TimeSpan patience)
    {
        Controlled current = Controlled.Current!;
        current.Fence();
        current.Run.Wait(current, $"wait for the end of {Name}", () => _controlled!.IsDone);
        return true;
    }
}
