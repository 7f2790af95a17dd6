using QContinuum;

namespace Modbus.Messages;

/// <summary>Answers any function: the reply has the function of its request, with the high bit set.</summary>
[Message<ModbusHeader>(IsFault = true)]
public readonly partial record struct ExceptionResponse(ExceptionCode Code);

/// <summary>Why a request was refused (MODBUS Application Protocol, 7).</summary>
public enum ExceptionCode : byte
{
    None = 0,
    IllegalFunction = 1,
    IllegalDataAddress = 2,
    IllegalDataValue = 3,
}
