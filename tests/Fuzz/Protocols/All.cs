namespace QContinuum.Fuzz.Tests.Protocols;

internal static class All
{
    public static Target[] Targets { get; } =
    [
        Default.Target(),
        Smpp.Target(),
        MeterBus.Target(),
        FastCgi.Target(),
        Gearman.Target(),
        Cache.Target(),
        MySqlCommands.Target(),
        Lines.Target(),
        Words.Target(),
        SerialLine.Target(),
        ClassAndMethod.Target(),
        Mqtt.Target(),
        Samples.Modbus(),
        Samples.Dns(),
    ];
}
