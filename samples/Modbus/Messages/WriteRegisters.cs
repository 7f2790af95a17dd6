using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 16: sets holding registers, from 1 to <see cref="MaxCount"/>.</summary>
[Message<ModbusHeader>(16, Reply = typeof(RegistersWritten))]
public readonly ref partial struct WriteRegisters
{
    public const int MaxCount = 123;

    public readonly ushort Address;

    public readonly ushort Count;

    public readonly byte Bytes;

    [SizedBy(nameof(Bytes))]
    public readonly WireSpan<ushort> Values;
}

/// <summary>Which registers have been set.</summary>
[Message<ModbusHeader>(16, IsReply = true)]
public readonly partial record struct RegistersWritten(ushort Address, ushort Count);
