using QContinuum;

namespace Modbus.Messages;

/// <summary>Function 6: sets one holding register.</summary>
[Message<ModbusHeader>(6, Reply = typeof(RegisterWritten))]
public readonly partial record struct WriteRegister(ushort Address, ushort Value);

/// <summary>The request, repeated.</summary>
[Message<ModbusHeader>(6, IsReply = true)]
public readonly partial record struct RegisterWritten(ushort Address, ushort Value);
