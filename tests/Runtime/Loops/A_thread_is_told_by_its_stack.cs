using System.Runtime.CompilerServices;
using QContinuum.Loops;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Loops;

public sealed class A_thread_is_told_by_its_stack
{
    private OwnStack _stack;

    [Fact]
    public void While_it_runs_on_it() => OwnThread.Run(() =>
    {
        Assert.False(IsInUse());
        _stack.Begin();
        Assert.True(IsInUse());
        OwnThread.Run(() => Assert.False(IsInUse()));
        _stack.End();
        Assert.False(IsInUse());
    });

    [Fact]
    public void And_is_not_where_it_has_gone_too_deep() => OwnThread.Run(() =>
    {
        _stack.Begin();
        Assert.False(IsInUseBelow(64 * 1024));
        _stack.End();
    });

    // The stack of a thread that has ended is often that of the next one.
    [Fact]
    public void And_no_other_thread_is_taken_for_one_that_has_ended()
    {
        for (int i = 0; i < 100; i++)
        {
            OwnThread.Run(() =>
            {
                _stack.Begin();
                _stack.End();
            });
            OwnThread.Run(() => Assert.False(IsInUse()));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsInUse() => _stack.IsInUse;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsInUseBelow(int bytes)
    {
        Span<byte> frame = stackalloc byte[bytes];
        frame.Fill(1);
        return IsInUse() && frame[^1] == 1;
    }
}
