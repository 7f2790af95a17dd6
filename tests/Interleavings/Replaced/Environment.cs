using System.Diagnostics.CodeAnalysis;
using QContinuum.Interleavings.Tests.Exploring;

namespace System;

/// <summary>What the runtime asks of it; a failure that would end the process ends the run.</summary>
internal static class Environment
{
    internal static string NewLine => "\n";

    internal static int ProcessorCount => 2;

    internal static long TickCount64 => 0;

    /// <summary>The number of the thread in its run.</summary>
    internal static int CurrentManagedThreadId => Controlled.Current?.Id ?? 0;

    internal static string? GetEnvironmentVariable(string name) => name.Length == 0 ? name : null;

    [DoesNotReturn]
    internal static void FailFast(string message, Exception exception) => Controlled.Current!.Run.Fail($"{message} {exception}");
}
