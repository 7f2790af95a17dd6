namespace QContinuum.Fuzz.Tests.Protocols;

/// <summary>A magic for each direction, and no correlation.</summary>
internal static class Gearman
{
    public static Target Target()
        => new Target<GearmanHeader>("Gearman")
            .With(new SubmitJob("reverse"u8, "1"u8, "workload"u8))
            .With(new JobCreated("H:1"u8));
}

[Header(ByteOrder.BigEndian)]
internal readonly partial record struct GearmanHeader([Constant(0x00524551, Reply = 0x00524553)] uint Magic, [MessageId] uint Type, [Length] uint Length);

[Message<GearmanHeader>(7)]
internal readonly ref partial struct SubmitJob
{
    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Function;

    [ZeroTerminated]
    public readonly ReadOnlySpan<byte> Unique;

    [Tail]
    public readonly ReadOnlySpan<byte> Workload;
}

[Message<GearmanHeader>(8, IsReply = true)]
internal readonly ref partial struct JobCreated
{
    [Tail]
    public readonly ReadOnlySpan<byte> Handle;
}
