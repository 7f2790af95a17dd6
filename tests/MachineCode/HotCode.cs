using System.Runtime.CompilerServices;
using QContinuum.Protocol;

namespace QContinuum.MachineCode.Tests;

/// <summary>What is done with each message, one thing a method: the method's name is what its machine code is found by.</summary>
internal static class HotCode
{
    private const int MaxBody = 1024 * 1024;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool ReadState(ReadOnlySpan<byte> body, out State state) => MessageCodec.TryRead(body, out state);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long WalkThreeByte(ReadOnlySpan<byte> received) => Walk<ThreeByteHeader>(received);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long WalkBigEndian(ReadOnlySpan<byte> received) => Walk<BigEndianHeader>(received);

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long WalkMeasured(ReadOnlySpan<byte> received) => Walk<MeasuredHeader>(received);

    /// <summary>Has each of them compiled.</summary>
    internal static void Run()
    {
        byte[] bytes = new byte[256];
        ReadState(bytes, out _);
        WalkThreeByte(bytes);
        WalkBigEndian(bytes);
        WalkMeasured(bytes);
        RuntimeHelpers.PrepareMethod(typeof(Counter)
            .GetMethod("DispatchReceived", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.MethodHandle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Walk<THeader>(ReadOnlySpan<byte> rest)
        where THeader : struct, IHeader<THeader>
    {
        long sum = 0;
        for (; Framing.TryReadFrame(rest, MaxBody, out THeader header, out FrameExtent extent) == FrameStatus.Complete; rest = rest[extent.Length..])
        {
            sum += Framing.IdOf(in header);
        }

        return sum;
    }
}
