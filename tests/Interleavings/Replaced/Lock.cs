using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>What <c>lock</c> knows by its name.</summary>
internal sealed class Lock
{
    private readonly Held _held = new();

    public Scope EnterScope()
    {
        _held.Enter();
        return new Scope(_held);
    }

    public readonly ref struct Scope
    {
        private readonly Held _held;

        internal Scope(Held held) => _held = held;

        public void Dispose() => _held.Exit();
    }
}
