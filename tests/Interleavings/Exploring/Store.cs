namespace QContinuum.Interleavings.Tests.Exploring;

/// <summary>What a thread has written and others do not see yet.</summary>
/// <param name="name">What it is called in the source.</param>
internal abstract class Store(string name)
{
    internal string Name => name;

    /// <summary>What it is written to: a <see cref="Place"/>, or a queue.</summary>
    internal abstract object Target { get; }

    /// <summary>Lets others see it.</summary>
    internal abstract void Commit();
}

/// <summary>A value for a place.</summary>
internal sealed class Store<T>(Place place, T value, string name) : Store(name)
{
    internal T Value => value;

    internal override object Target { get; } = place;

    internal override void Commit() => place.As<T>() = value;
}
