using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using QContinuum.Interleavings.Tests.Exploring;

namespace System.Threading;

/// <summary>Before each operation another thread may go on, in some scenarios also after it; each is a fence.</summary>
internal static class Interlocked
{
    internal static void MemoryBarrier([CallerMemberName] string member = "", [CallerFilePath] string file = "")
    {
        Site site = new("", member, file);
        if (Controlled.Current is { } current && !current.Run.IsWeak(nameof(MemoryBarrier), site))
        {
            current.Run.Note(new Step(current.Name, nameof(MemoryBarrier), site));
            current.Fence();
        }
    }

    [return: NotNullIfNotNull(nameof(location))]
    internal static T Exchange<T>(
        [NotNullIfNotNull(nameof(value))] ref T location,
        T value,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        => Memory.Change(ref location, value, static (_, value) => value, new Site(target, member, file))!;

    [return: NotNullIfNotNull(nameof(location))]
    internal static T CompareExchange<T>(
        ref T location,
        T value,
        T comparand,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        => Memory.Change(ref location, value, (old, value) => AreSame(old, comparand) ? value : old, new Site(target, member, file))!;

    internal static T Add<T>(
        ref T location,
        T value,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        where T : INumber<T>
        => Memory.Change(ref location, value, static (old, value) => old + value, new Site(target, member, file)) + value;

    internal static T Increment<T>(
        ref T location,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        where T : INumber<T>
        => Memory.Change(ref location, T.One, static (old, one) => old + one, new Site(target, member, file)) + T.One;

    internal static T Decrement<T>(
        ref T location,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        where T : INumber<T>
        => Memory.Change(ref location, T.One, static (old, one) => old - one, new Site(target, member, file)) - T.One;

    internal static T Or<T>(
        ref T location,
        T value,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        where T : IBinaryInteger<T>
        => Memory.Change(ref location, value, static (old, value) => old | value, new Site(target, member, file));

    internal static T And<T>(
        ref T location,
        T value,
        [CallerArgumentExpression(nameof(location))] string target = "",
        [CallerMemberName] string member = "",
        [CallerFilePath] string file = "")
        where T : IBinaryInteger<T>
        => Memory.Change(ref location, value, static (old, value) => old & value, new Site(target, member, file));

    private static bool AreSame<T>(T one, T other)
        => typeof(T).IsValueType ? EqualityComparer<T>.Default.Equals(one, other) : ReferenceEquals(one, other);
}
