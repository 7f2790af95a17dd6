using QContinuum.Protocol;
using QContinuum.Runtime.Tests.Support;

namespace QContinuum.Runtime.Tests.Protocol;

public sealed class What_is_owned_is_given_back_once
{
    /// <summary>A copy of the same object disposes of the same memory: given back twice, it would be lent to two owners at once.</summary>
    [Fact]
    public void However_often_it_is_disposed_of()
    {
        Owned<Raw> owned = Dispatch.Own<Raw>(Frames.Raw(1, 2, 3));
        Owned<Raw> copy = owned;
        Assert.Equal([1, 2, 3], owned.Value.Data.ToArray());
        Assert.Equal([1, 2, 3], copy.Value.Data.ToArray());
        owned.Dispose();
        copy.Dispose();
        owned.Dispose();

        Owned<Raw>[] others = [.. Enumerable.Range(0, 8).Select(number => Dispatch.Own<Raw>(Frames.Raw((byte)number, 2, 3)))];
        for (int number = 0; number < others.Length; number++)
        {
            Assert.Equal((byte)number, others[number].Value.Data[0]);
            others[number].Dispose();
        }
    }

    [Fact]
    public void And_is_not_read_afterwards()
    {
        Owned<Raw> owned = Dispatch.Own<Raw>(Frames.Raw(1, 2, 3));
        Owned<Raw> copy = owned;
        copy.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = owned.Value);
        Assert.Throws<ObjectDisposedException>(() => _ = copy.Value);
    }

    /// <summary>Nothing is owned: there is nothing to give back, and nothing to read.</summary>
    [Fact]
    public void And_the_default_owns_nothing()
    {
        default(Owned<Raw>).Dispose();
        Assert.ThrowsAny<Exception>(() => _ = default(Owned<Raw>).Value);
    }
}
