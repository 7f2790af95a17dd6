using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 1: asks for coils, from 1 to <see cref="MaxCount"/>.</summary>
[Message<ModbusHeader>(1, Reply = typeof(Coils))]
public readonly partial record struct ReadCoils(ushort Address, ushort Count)
{
    public const int MaxCount = 2000;
}

/// <summary>The coils asked for, eight in a byte: <see cref="PackedBits"/> reads and makes them.</summary>
[Message<ModbusHeader>(1, IsReply = true)]
public readonly ref partial struct Coils
{
    public readonly byte Bytes;

    [SizedBy(nameof(Bytes))]
    public readonly ReadOnlySpan<byte> Values;
}
