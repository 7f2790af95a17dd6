using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace QContinuum.Benchmarks.Micro.Messages;

/// <summary>What one would write by hand for <see cref="State"/>: one check of the length, then every field at its offset.</summary>
internal static class HandWrittenState
{
    public const int BodyBytes = 35;
    public const int FrameBytes = 8 + BodyBytes;
    private const int Id = 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> body, out State state)
    {
        if (body.Length != BodyBytes)
        {
            state = default;
            return false;
        }

        ref byte origin = ref MemoryMarshal.GetReference(body);
        state = new State(
            Unsafe.ReadUnaligned<int>(ref origin),
            Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref origin, 4)),
            Unsafe.ReadUnaligned<float>(ref Unsafe.Add(ref origin, 6)),
            Unsafe.ReadUnaligned<float>(ref Unsafe.Add(ref origin, 10)),
            Unsafe.ReadUnaligned<float>(ref Unsafe.Add(ref origin, 14)),
            Unsafe.ReadUnaligned<long>(ref Unsafe.Add(ref origin, 18)),
            Unsafe.ReadUnaligned<double>(ref Unsafe.Add(ref origin, 26)),
            Unsafe.Add(ref origin, 34));
        return true;
    }

    /// <summary>Writes the default header and the body.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteFrame(in State state, Span<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, FrameBytes);
        ref byte origin = ref MemoryMarshal.GetReference(frame);
        Unsafe.WriteUnaligned(ref origin, BodyBytes);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 4), Id);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 8), state.Entity);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 12), state.Kind);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 14), state.X);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 18), state.Y);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 22), state.Z);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 26), state.Time);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref origin, 34), state.Weight);
        Unsafe.Add(ref origin, 42) = state.Flags;
    }
}
