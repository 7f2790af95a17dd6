using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 3: asks for holding registers, from 1 to <see cref="MaxCount"/>.</summary>
[Message<ModbusHeader>(3, Reply = typeof(Registers))]
public readonly partial record struct ReadRegisters(ushort Address, ushort Count)
{
    public const int MaxCount = 125;
}

/// <summary>The registers asked for.</summary>
[Message<ModbusHeader>(3, IsReply = true)]
public readonly ref partial struct Registers
{
    public readonly byte Bytes;

    [SizedBy(nameof(Bytes))]
    public readonly WireSpan<ushort> Values;
}
