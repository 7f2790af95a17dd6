using Dns;
using Dns.Messages;
using Modbus;
using Modbus.Messages;

namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>The protocols of the samples, from the samples' own files.</summary>
internal static class Samples
{
    public static Target Modbus()
        => new Target<ModbusHeader>("Modbus")
            .With(new ReadCoils(1, 9))
            .With(new Coils([0xCD, 1]))
            .With(new ReadRegisters(1, 2))
            .With(new Registers([1, 2]))
            .With(new WriteCoil(1, Switch.On))
            .With(new CoilWritten(1, Switch.On))
            .With(new WriteRegister(1, 2))
            .With(new RegisterWritten(1, 2))
            .With(new WriteCoils(1, 9, [0xCD, 1]))
            .With(new CoilsWritten(1, 9))
            .With(new WriteRegisters(1, 2, [3, 4]))
            .With(new RegistersWritten(1, 2))
            .With(new ExceptionResponse(ExceptionCode.IllegalFunction));

    public static Target Dns()
        => new Target<DnsHeader>("DNS")
            .With(new global::Dns.Messages.Query("\x7example\x3org"u8, RecordType.A, RecordClass.Internet, default))
            .With(new AddressAnswer("\x7example\x3org"u8, RecordType.A, RecordClass.Internet, 60, 0xC0000201))
            .With(new DnsHeader(responseCode: ResponseCode.NotImplemented), default(Refusal));
}
