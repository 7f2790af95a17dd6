using System.Runtime.CompilerServices;

namespace QContinuum.Loops;

/// <summary>
/// Tells a thread by its stack. To look at what is static to a thread takes two calls and a dozen instructions, which is a fifth of what is done with a short message; to
/// compare the stack pointer takes four.
/// </summary>
/// <remarks>
/// Invariant: from <see cref="Begin"/> to <see cref="End"/> the <see cref="Bytes"/> below <c>_top</c> are of the stack of the thread that called <see cref="Begin"/>, and of
/// no other one. So who runs there is that thread; who runs elsewhere may be it nevertheless, and has to look. The thread itself calls <see cref="End"/>, before it ends:
/// its stack becomes another thread's only afterwards, which thereby sees that.
/// </remarks>
internal struct OwnStack
{
    /// <summary>Less than the smallest stack that managed code runs on, and more than what is between a loop and most of what its handlers call.</summary>
    private const int Bytes = 32 * 1024;

    private nuint _top;

    /// <summary>Whether the caller runs on it: if so, the calling thread is its thread. Any thread.</summary>
    internal readonly unsafe bool IsInUse
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        [SkipLocalsInit]
        get
        {
            // Without a top no address is below it by so little. Stacks grow downwards wherever .NET runs.
            byte here;
            return _top - (nuint)(&here) < Bytes;
        }
    }

    /// <summary>What the caller calls from here on runs on it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal unsafe void Begin()
    {
        byte here = 0;
        _top = (nuint)(&here);
    }

    /// <summary>It is nobody's any more. The same thread.</summary>
    internal void End() => _top = 0;
}
