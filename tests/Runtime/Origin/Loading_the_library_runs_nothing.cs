using System.Reflection;
using System.Runtime.CompilerServices;

namespace QContinuum.Runtime.Tests.Origin;

/// <summary>There the library read the command line of its host as soon as it was loaded: options that it did not know ended the program, and no test could run.</summary>
public sealed class Loading_the_library_runs_nothing
{
    [Fact]
    public void No_initializer_of_the_module()
        => Assert.DoesNotContain(
            typeof(Peer).Assembly.GetTypes()
                .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)),
            static method => method.IsDefined(typeof(ModuleInitializerAttribute)));
}
