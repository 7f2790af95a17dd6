namespace QContinuum.Loops;

/// <summary>
/// How something is made that belongs to a loop and calls its poller directly: <see cref="EventLoop.Make{TPart,TMade}"/> tells it the poller's type, which whoever asks does not know.
/// </summary>
internal interface ILoopPart<out TMade>
{
    TMade MakeFor<TPoller>(EventLoop<TPoller> loop)
        where TPoller : struct, IPoller;
}
