using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>Threads of the operating system for the threads of runs, used again and again; those of a run that failed are left where they stand.</summary>
internal static class Workers
{
    /// <summary>What the runtime keeps for each thread: a thread that begins has nothing of an earlier one.</summary>
    private static readonly FieldInfo[] Kept =
    [
        .. typeof(Workers).Assembly.GetTypes()
            .Where(static type => !type.ContainsGenericParameters)
            .SelectMany(static type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(static field => field.IsDefined(typeof(ThreadStaticAttribute)) && !field.FieldType.IsValueType),
    ];

    private static readonly ConcurrentStack<Worker> Idle = new();

    internal static void Begin(Action body)
    {
        if (!Idle.TryPop(out Worker? worker))
        {
            worker = new Worker();
        }

        worker.Begin(body);
    }

    /// <summary>The calling thread goes no further.</summary>
    [DoesNotReturn]
    internal static void Abandon()
    {
        using SemaphoreSlim never = new(0);
        never.Wait();
        throw new InvalidOperationException("Nobody goes on after a failure.");
    }

    private sealed class Worker
    {
        private readonly SemaphoreSlim _begun = new(0);
        private Action? _body;

        internal Worker() => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        internal void Begin(Action body)
        {
            _body = body;
            _begun.Release();
        }

        private void Work()
        {
            OneProcessor.Keep();
            while (true)
            {
                _begun.Wait();
                foreach (FieldInfo field in Kept)
                {
                    field.SetValue(null, null);
                }

                SynchronizationContext.SetSynchronizationContext(null);
                _body!();
                Idle.Push(this);
            }
        }
    }
}
