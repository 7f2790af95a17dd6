using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 15: sets coils, from 1 to <see cref="MaxCount"/>, eight in a byte.</summary>
[Message<ModbusHeader>(15, Reply = typeof(CoilsWritten))]
public readonly ref partial struct WriteCoils
{
    public const int MaxCount = 1968;

    public readonly ushort Address;

    public readonly ushort Count;

    public readonly byte Bytes;

    [SizedBy(nameof(Bytes))]
    public readonly ReadOnlySpan<byte> Values;
}

/// <summary>Which coils have been set.</summary>
[Message<ModbusHeader>(15, IsReply = true)]
public readonly partial record struct CoilsWritten(ushort Address, ushort Count);
