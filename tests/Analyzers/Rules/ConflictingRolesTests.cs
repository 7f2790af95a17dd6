using Verify = QContinuum.Analyzers.Tests.Testing.Rule<QContinuum.Analyzers.HeaderDeclarationAnalyzer>;

namespace QContinuum.Analyzers.Tests.Rules;

public class ConflictingRolesTests
{
    [Fact]
    public Task The_message_names_what_is_wrong() => Verify.Says(
        "QCT0042",
        "Field 'Length' of header 'DeviceHeader' cannot have the roles that it has; [Length] and [Constant] exclude each other; keep one of them",
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length, Constant(4)] ushort {|#0:Length|}, [MessageId] byte Kind);
        """);

    [Fact]
    public Task The_right_one_is_not_reported() => Verify.Reports(
        """
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Constant(4)] byte Version, [Length] ushort Length, [MessageId] byte Kind);
        """);

    [Theory]
    [InlineData("[Copied, Constant(1)]")]
    [InlineData("[Copied, Reserved]")]
    [InlineData("[Copied, Repeats(\"Length\")]")]
    public Task What_is_derived_is_not_copied(string roles) => Verify.Reports(
        $$"""
        [Header(ByteOrder.BigEndian)]
        public readonly partial record struct DeviceHeader([Length] ushort Length, [MessageId] byte Kind, {{roles}} ushort {|QCT0042:Other|});
        """);

    [Fact]
    public Task A_constant_of_replies_is_another_one() => Verify.Reports(
        "[Header(ByteOrder.BigEndian)] public readonly partial record struct H([Length] ushort Length, [MessageId] byte Kind, [Constant(1, Reply = 1)] byte {|QCT0042:Magic|});");
}
