using System.Reflection;
using QContinuum.Interleavings.Tests.Mistakes;
using Xunit.Abstractions;

namespace QContinuum.Interleavings.Tests;

/// <summary>What is published before it is whole is met by somebody: a test that holds as things are fails of each of these sources.</summary>
public sealed class Mistakes_in_the_order_of_writes_are_found(MistakenAssembly mistaken, ITestOutputHelper output) : IClassFixture<MistakenAssembly>
{
    public static TheoryData<string> Names => [.. Mistake.All.Select(static mistake => mistake.Name)];

    [Theory, MemberData(nameof(Names))]
    public void By_a_schedule(string name)
    {
        var (number, mistake) = Mistake.All.Index().Single(one => one.Item.Name == name);

        var thrown = Assert.Throws<TargetInvocationException>(() => mistaken.Run(mistake, number, output));

        Assert.Contains($"{Environment.NewLine}schedule ", thrown.InnerException!.Message, StringComparison.Ordinal);
        output.WriteLine(thrown.InnerException.Message);
    }

    [Theory, MemberData(nameof(Names))]
    public void And_without_it_none_is(string name) => mistaken.Run(Mistake.All.Single(one => one.Name == name), -1, output);
}
