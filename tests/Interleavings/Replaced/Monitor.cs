using System.Runtime.CompilerServices;
using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>What <c>lock</c> is compiled to for an object.</summary>
internal static class Monitor
{
    private static readonly ConditionalWeakTable<object, Held> Locks = [];

    public static void Enter(object gate, ref bool isTaken)
    {
        Locks.GetOrCreateValue(gate).Enter();
        isTaken = true;
    }

    public static void Exit(object gate) => Locks.GetOrCreateValue(gate).Exit();

    public static void Wait(object gate) => Locks.GetOrCreateValue(gate).Wait();

    /// <summary>No time passes here: it is waited for a pulse.</summary>
    public static bool Wait(object gate, int timeoutMilliseconds)
    {
        Wait(gate);
        return true;
    }

    public static void Pulse(object gate) => Locks.GetOrCreateValue(gate).Pulse();
}
