using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 5: switches one coil.</summary>
[Message<ModbusHeader>(5, Reply = typeof(CoilWritten))]
public readonly partial record struct WriteCoil(ushort Address, Switch Value);

/// <summary>The request, repeated.</summary>
[Message<ModbusHeader>(5, IsReply = true)]
public readonly partial record struct CoilWritten(ushort Address, Switch Value);

/// <summary>What a coil is set to. Another value is answered with an exception, so the enum is not validated when it is read.</summary>
public enum Switch : ushort
{
    Off = 0x0000,
    On = 0xFF00,
}
